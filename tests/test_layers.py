"""What is found by lying in a folder is independent of what lies beside it; the layers proper are in pyproject.toml."""

import grimp
import pytest


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("extractors", "pipeline", cache_dir=None)


@pytest.mark.parametrize(
    "package", ["extractors", "pipeline.read", "pipeline.sinks", "pipeline.registry.handout.export"]
)
def test_plug_ins_do_not_know_one_another(graph, package):
    modules = {module for module in graph.find_children(package) if not module.rpartition(".")[2].startswith("_")}
    assert len(modules) > 3
    known = {module: graph.find_modules_directly_imported_by(module) & (modules - {module}) for module in modules}
    assert not {module: others for module, others in known.items() if others}


@pytest.mark.parametrize("package", ["pipeline.read", "pipeline.sinks", "pipeline.registry.handout.export"])
def test_private_modules_do_not_name_a_plug_in(graph, package):
    """A reader or sink is added by adding a file: nothing beside it may have to be told."""
    children = graph.find_children(package)
    public = {module for module in children if not module.rpartition(".")[2].startswith("_")}
    for module in (children - public) | {package}:
        assert not graph.find_modules_directly_imported_by(module) & public, module


def test_nothing_is_imported_only_for_a_type(graph):
    """First-party knots are not hidden behind TYPE_CHECKING: without those imports the graph is the same.

    `pipeline` itself gives its one name on demand, so that the command line starts at once.
    """
    strict = grimp.build_graph("extractors", "pipeline", exclude_type_checking_imports=True, cache_dir=None)
    for module in graph.modules - {"pipeline"}:
        assert graph.find_modules_directly_imported_by(module) == strict.find_modules_directly_imported_by(module)
