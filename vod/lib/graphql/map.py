"""The schema's map as Markdown: every root field in a line, every code of an error."""

from graphql import GraphQLEnumType, GraphQLField, GraphQLObjectType, GraphQLSchema

BEGIN = "<!-- map: written by manage.py check_schema --write -->"
END = "<!-- end of map -->"


def map_of(schema: GraphQLSchema) -> str:
    """Tables of what can be read and changed, then the codes of each type of error."""
    lines: list[str] = []
    for root in (schema.query_type, schema.mutation_type):
        if root is not None:
            lines += _table(root)
    lines += ["| errors of mutations | code | means |", "| --- | --- | --- |"]
    for name, enum in sorted(schema.type_map.items()):
        if isinstance(enum, GraphQLEnumType) and name.endswith("ErrorCode"):
            kind = name.removesuffix("Code")
            lines += [f"| `{kind}` | `{code}` | {said.description} |" for code, said in enum.values.items()]
    return "\n".join(lines)


def _table(kind: GraphQLObjectType) -> list[str]:
    rows = [
        f"| `{_signature(name, field)}` | {_first_sentence(field)} |" for name, field in kind.fields.items()
    ]
    return [f"| {kind.name} | what it is |", "| --- | --- |", *rows, ""]


def _signature(name: str, field: GraphQLField) -> str:
    arguments = f"({', '.join(field.args)})" if field.args else ""
    return f"{name}{arguments}: {field.type}"


def _first_sentence(field: GraphQLField) -> str:
    whole = " ".join((field.description or "").replace("|", "\\|").split())
    first, stop, _rest = whole.partition(". ")
    return first + stop.strip()


def put_into(page: str, schema: GraphQLSchema) -> str:
    """The page with the map of today between its marks. Raises ValueError for a page without them."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"no place for the map: the page lacks {BEGIN} or {END}")
    return f"{before}{BEGIN}\n\n{map_of(schema)}\n\n{END}{after}"
