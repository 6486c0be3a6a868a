"""What is changed in Flet's scripts for a site that is a study: a second page in the same Python.

Where Python runs in the browser, Flet starts another Python for each app. The app under test has to
be of the same Python as the study, which is told what happens in it. So an app at an address that
begins with ``ADDRESS`` is no new worker: its messages go to the first one, and are marked.
"""

from __future__ import annotations

from collections.abc import Mapping

ADDRESS = "mingshi-second:"
"""What the address of the second page begins with."""

CHANGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "python.js": (
        (
            """globalThis.jsConnect = async function (appId, args, dartOnMessage) {""",
            f"""let _first = null, _second = null;
const _isSecond = (appId) => appId.startsWith("{ADDRESS}");
globalThis.jsConnect = async function (appId, args, dartOnMessage) {{
    if (_isSecond(appId)) {{
        _second = {{ appId, dartOnMessage }};
        return;
    }}""",
        ),
        (
            """    _apps[appId] = app;
""",
            """    _apps[appId] = _first = app;
""",
        ),
        (
            """        } else {
            app.dartOnMessage(event.data);
        }""",
            """        } else if (event.data.second) {
            _second?.dartOnMessage(event.data.second);
        } else {
            app.dartOnMessage(event.data);
        }""",
        ),
        (
            """globalThis.jsSend = async function (appId, data) {
""",
            """globalThis.jsSend = async function (appId, data) {
    if (_isSecond(appId)) {
        if (_second?.appId === appId) {
            _first.worker.postMessage({ second: data }, [data.buffer]);
        }
        return;
    }
""",
        ),
        (
            """globalThis.jsDisconnect = async function (appId) {
""",
            """globalThis.jsDisconnect = async function (appId) {
    if (_isSecond(appId)) {
        if (_second?.appId === appId) _second = null;
        return;
    }
""",
        ),
    ),
    "python-worker.js": (
        (
            """self.flet_js.receive_callback = self.receiveCallback;
""",
            """self.flet_js.receive_callback = self.receiveCallback;
self.flet_js.second_callback = (message) => {
    const bytes = message.toJs();
    self.postMessage({ second: bytes }, [bytes.buffer]);
};
""",
        ),
        (
            """    } else if (typeof flet_js.send === "function") {""",
            """    } else if (event.data.second) {
        flet_js.send_second(event.data.second);
    } else if (typeof flet_js.send === "function") {""",
        ),
    ),
    "kept_files.js": (
        # The record of a study and that of the prototype at the same address have nothing to do
        # with each other.
        ("""const KEPT_AS = "mingshi";""", """const KEPT_AS = "mingshi-study";"""),
    ),
}
"""As those of ``changes.py``; they come after them."""
