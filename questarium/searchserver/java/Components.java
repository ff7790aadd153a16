package questarium;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The tokenizers and filters of our index: Elastic's names and defaults over the same Lucene classes. */
final class Components {
    static final Map<String, AnalysisProvider<TokenizerFactory>> TOKENIZERS = Map.of(
        "keyword", (index, environment, name, settings) -> {
            allow(name, settings);
            return TokenizerFactory.newFactory(name, KeywordTokenizer::new);
        },
        "whitespace", (index, environment, name, settings) -> {
            allow(name, settings);
            return TokenizerFactory.newFactory(name, WhitespaceTokenizer::new);
        },
        "pattern", (index, environment, name, settings) -> {
            allow(name, settings, "pattern", "flags", "group");
            Pattern pattern = Regex.compile(settings.get("pattern", "\\W+"), settings.get("flags"));
            int group = settings.getAsInt("group", -1);
            return TokenizerFactory.newFactory(name, () -> new PatternTokenizer(pattern, group));
        });

    static final Map<String, AnalysisProvider<TokenFilterFactory>> FILTERS = Map.of(
        "lowercase", (index, environment, name, settings) -> {
            allow(name, settings);
            return new Filter(name, LowerCaseFilter::new, LowerCaseFilter::new);
        },
        "asciifolding", (index, environment, name, settings) -> {
            allow(name, settings, "preserve_original");
            boolean keep = settings.getAsBoolean("preserve_original", false);
            return new Filter(name, input -> new ASCIIFoldingFilter(input, keep), ASCIIFoldingFilter::new);
        });

    /** What the server itself puts there. */
    private static final Set<String> COMMON = Set.of("type", "index.version.created");

    private Components() { }

    /** A key that we would not honour is refused: analysis must not differ silently from Elastic's distribution. */
    private static void allow(String name, Settings settings, String... keys) {
        Set<String> unknown = new HashSet<>(settings.keySet());
        unknown.removeAll(Set.of(keys));
        unknown.removeAll(COMMON);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("analysis component [" + name + "] does not know the settings " + unknown);
        }
    }

    /** A filter that works letter by letter; in normalization, of one query term, it gives exactly one token. */
    private record Filter(String name, UnaryOperator<TokenStream> analysis, UnaryOperator<TokenStream> normalization)
        implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return analysis.apply(input);
        }

        @Override
        public TokenStream normalize(TokenStream input) {
            return normalization.apply(input);
        }
    }
}
