package questarium;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.bootstrap.BootstrapCheck;
import org.elasticsearch.bootstrap.BootstrapContext;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.transport.BoundTransportAddress;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** Starts one Elasticsearch node that lives as long as its standard input: {@code Main HOME key=value...}. */
public final class Main {
    private static final long CLOSE_SECONDS = 10;

    public static void main(String[] arguments) {
        stopWhenInputEnds();
        try {
            run(arguments);
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1); // threads of a half started node would keep the process alive
        }
    }

    private static void run(String[] arguments) throws Exception {
        Environment environment = environment(arguments);
        LogConfigurator.registerErrorListener();
        LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
        LogConfigurator.configure(environment, true);
        Node node = new LoopbackNode(environment, plugins(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
        node.start();
        new CountDownLatch(1).await();
    }

    /** The system closes the pipe however the parent ends, so a server never outlives the program that started it. */
    private static void stopWhenInputEnds() {
        Thread watcher = new Thread(() -> {
            try {
                while (System.in.read() >= 0) { }
            } catch (IOException e) {
                System.err.println("standard input is lost: " + e);
            }
            System.exit(0);
        }, "watch-input");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static Environment environment(String[] arguments) {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Map<String, String> overrides = new HashMap<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            String[] setting = argument.split("=", 2);
            overrides.put(setting[0], setting[1]);
        }
        Settings settings = Settings.builder().put("path.home", home).build();
        return InternalSettingsPreparer.prepareEnvironment(settings, overrides, home.resolve("config"), () -> "node");
    }

    private static PluginsLoader plugins(Environment environment) {
        return PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false), Set.of(), Map.of(), false);
    }

    private static void close(Node node) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            System.err.println("the node did not close cleanly: " + e);
        }
    }

    /** A node without the bootstrap checks, which ask a production machine's limits of a laptop. */
    private static final class LoopbackNode extends Node {
        LoopbackNode(Environment environment, PluginsLoader plugins) {
            super(environment, plugins);
        }

        @Override
        protected void validateNodeBeforeAcceptingRequests(
            BootstrapContext context, BoundTransportAddress address, List<BootstrapCheck> checks) { }
    }
}
