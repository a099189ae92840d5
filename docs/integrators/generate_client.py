"""Writes a small typed client for Python from the OpenAPI document; it needs nothing but the standard library.

    python generate_client.py https://meghri.example/api/v1/schema hamaynk_client.py

One class with a method for each operation, a TypedDict for each shape, `Refused` for what is refused (RFC 9457).
"""

from __future__ import annotations

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

HEAD = '''"""Client of {title} {version}, written by generate_client.py. Do not change by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

Send = Callable[[str, str, dict[str, str], bytes | None], tuple[int, dict[str, str], bytes]]


class Refused(Exception):
    """What the server refused, as it said it (RFC 9457)."""

    def __init__(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        super().__init__(f"{{status}}: {{body.get('detail', '')}}")
        self.status, self.body, self.headers = status, body, headers

    @property
    def code(self) -> str:
        """The last part of its type: `conflict`, `invalid`, ..."""
        return str(self.body.get("type", "")).rpartition("/")[2]


def over_http(method: str, url: str, headers: dict[str, str], body: bytes | None) -> tuple[int, dict[str, str], bytes]:
    """Send by the standard library."""
    try:
        with urlopen(Request(url, body, headers, method=method), timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read()

'''
CLASS = '''

class Client:
    """All operations. `host` is that of the community (`https://meghri.example`), `token` a token or a pass."""

    def __init__(self, host: str, token: str = "", language: str = "en", send: Send = over_http) -> None:
        self.host, self.token, self.language, self.send = host.rstrip("/"), token, language, send

    def _call(
        self, method: str, path: str, query: dict[str, Any], headers: dict[str, Any], body: bytes | None, kind: str
    ) -> bytes:
        asked = {name: _text(each) for name, each in query.items() if each is not None}
        given = {name: str(each) for name, each in headers.items() if each is not None}
        given |= {"Accept-Language": self.language, "Accept": "*/*"}
        if self.token:
            given["Authorization"] = f"Bearer {self.token}"
        if kind:
            given["Content-Type"] = kind
        url = self.host + path + (f"?{urlencode(asked)}" if asked else "")
        status, answered, content = self.send(method, url, given, body)
        if status == 304:
            return b"null"
        if status >= 400:
            raise Refused(status, json.loads(content or b"{}"), answered)
        return content
'''
TAIL = '''

def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _part(value: Any) -> str:
    return quote(str(value), safe="")


def _form(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A multipart body: the fields, then the file."""
    line = uuid4().hex
    parts = [
        f'--{line}\\r\\nContent-Disposition: form-data; name="{field}"\\r\\n\\r\\n{value}\\r\\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--{line}\\r\\nContent-Disposition: form-data; name="file"; filename="{name}"\\r\\n'
    parts += [f"{head}Content-Type: application/octet-stream\\r\\n\\r\\n".encode(), content]
    parts.append(f"\\r\\n--{line}--\\r\\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={line}"
'''
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def written(document: dict[str, Any]) -> str:
    """The client's module."""
    lines = [HEAD.format(title=document["info"]["title"], version=document["info"]["version"])]
    for name, shape in document["components"]["schemas"].items():
        lines.append(_shape(name, shape))
    lines.append(CLASS)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            lines.append(_method(path, method, operation, document))
    lines.append(TAIL)
    return "\n".join(lines)


def _shape(name: str, shape: dict[str, Any]) -> str:
    if "enum" in shape:
        return f"{name} = Literal[{', '.join(repr(each) for each in shape['enum'])}]"
    if shape.get("type") != "object" or "properties" not in shape:
        return f"{name} = dict[str, Any]"
    required = set(shape.get("required", ()))
    fields = {
        field: _type(each) if field in required else f"NotRequired[{_type(each)}]"
        for field, each in shape["properties"].items()
    }
    listed = "".join(f"        {field!r}: {kind!r},\n" for field, kind in fields.items())
    return f"{name} = TypedDict(\n    {name!r},\n    {{\n{listed}    }},\n)"


def _type(shape: dict[str, Any]) -> str:
    """The annotation of a shape."""
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    for word in ("oneOf", "anyOf"):
        if word in shape:
            return " | ".join(dict.fromkeys(_type(each) for each in shape[word]))
    if "allOf" in shape and len(shape["allOf"]) == 1:
        return _type(shape["allOf"][0])
    if "enum" in shape and shape.get("type") != "null":
        return f"Literal[{', '.join(repr(each) for each in shape['enum'])}]"
    kinds = shape.get("type", "object")
    found = [_plain(kind, shape) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    return " | ".join(dict.fromkeys(found))


def _plain(kind: str, shape: dict[str, Any]) -> str:
    if kind == "array":
        return f"list[{_type(shape.get('items', {}))}]"
    return PLAIN.get(kind, "dict[str, Any]")


def _method(path: str, method: str, operation: dict[str, Any], document: dict[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    inside = [each for each in parameters if each["in"] == "path"]
    query = [each for each in parameters if each["in"] == "query"]
    headers = [each for each in parameters if each["in"] == "header"]
    content = operation.get("requestBody", {}).get("content", {})
    given = [f"{_name(each['name'])}: {_type(each['schema'])}" for each in inside]
    is_form = "multipart/form-data" in content
    if is_form:
        given += ["name: str", "content: bytes"]
        shape = document["components"]["schemas"][_type(content["multipart/form-data"]["schema"])]
        fields = [each for each in shape["properties"] if each != "file"]
        given += [f"{each}: str" for each in fields]
    elif content:
        given.append(f"body: {_type(content['application/json']['schema'])}")
    named = [
        f"{_name(each['name'])}: {_type(each['schema'])}" + ("" if each.get("required") else " | None = None")
        for each in headers + query
    ]
    answer = next((each for status, each in operation["responses"].items() if status.startswith("2")), {})
    kind, shape = next(iter(answer.get("content", {}).items()), ("", {}))
    result = "None" if not kind else _type(shape["schema"]) if "json" in kind else "bytes"
    signature = ", ".join(["self", *given, *(["*", *named] if named else [])])
    address = re.sub(r"{(\w+)}", lambda found: "{_part(" + _name(found[1]) + ")}", path)
    lines = [f"    def {_name(operation['operationId'])}({signature}) -> {result}:"]
    lines.append(f'        """{" ".join(operation.get("description", "").split())}"""')
    if is_form:
        listed = ", ".join(f"{each!r}: {each}" for each in fields)
        lines.append(f"        sent, kind = _form({{{listed}}}, name, content)")
    elif content:
        lines.append('        sent, kind = json.dumps(body).encode(), "application/json"')
    asked = ", ".join(f"{each['name']!r}: {_name(each['name'])}" for each in query)
    told = ", ".join(f"{each['name']!r}: {_name(each['name'])}" for each in headers)
    call = f'self._call({method.upper()!r}, f"{address}", {{{asked}}}, {{{told}}}, '
    call += "sent, kind)" if content else 'None, "")'
    if result == "None":
        lines.append(f"        {call}")
    elif result == "bytes":
        lines.append(f"        return {call}")
    else:
        lines.append(f"        return cast({result!r}, json.loads({call}))")
    return "\n".join(lines) + "\n"


def _name(word: str) -> str:
    """A name of Python: caseCounts -> case_counts, If-Match -> if_match."""
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", word).replace("-", "_").lower()
    return f"{name}_" if keyword.iskeyword(name) else name


if __name__ == "__main__":
    source, target = sys.argv[1:3]
    if source.startswith("http"):
        with urlopen(source, timeout=60) as answer:  # noqa: S310
            text = answer.read().decode()
    else:
        text = Path(source).read_text("utf-8")
    Path(target).write_text(written(json.loads(text)), "utf-8")
