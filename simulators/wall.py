"""What a person sees of a simulator in a browser: its posts, the latest first, under a title that says what it is."""

from html import escape

from simulators.serving import Request, Response, Simulator

HEAD = (
    "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content='width=device-width'><title>{name}</title>"
    "<style>body{{font:1rem/1.5 serif;max-width:38rem;margin:2rem auto;padding:0 1rem}}"
    "p{{white-space:pre-wrap}}article{{border-top:1px solid}}</style><main><h1>{name}</h1><p>{what}</p>"
)
WHAT = "Ceci n’est pas {network}\u202f: un simulateur sur cette machine, où rien n’est public."


def wall(simulator: Simulator, request: Request) -> Response:
    """One post at its address, all of them elsewhere."""
    network = type(simulator).__name__
    every = simulator.online()
    path = request.path.rstrip("/")
    one = [each for each in every if path and each["link"].rstrip("/").endswith(path)]
    shown = [
        f"<article><p>{escape(each['text'])}</p><a href='{escape(each['link'])}'>{escape(each['id'])}</a></article>"
        for each in reversed(one or every)
    ]
    head = HEAD.format(name=f"Simulateur de {network}", what=WHAT.format(network=network))
    return Response(
        200, None, {"Content-Type": "text/html; charset=utf-8"}, (head + "".join(shown) + "</main>").encode()
    )
