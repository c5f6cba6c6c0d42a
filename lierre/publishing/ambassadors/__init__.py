"""Those who speak in their own name: what helps them, what they write for themselves, and figures that name nobody."""
