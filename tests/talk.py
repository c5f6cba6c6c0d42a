"""What the house of the tests says to itself about a post: a charter, a comment, somebody outside who reads."""

from dataclasses import dataclass

from lierre.accounts.models import User
from lierre.publishing import reviewing
from lierre.publishing.charter.changing import write_rule
from lierre.publishing.charter.keeping import ask_exception
from lierre.publishing.charter.posts import charter_of
from lierre.publishing.models import CharterException, Comment, Post, Review, Rule
from lierre.publishing.talking.commenting import comment_on


@dataclass
class Talk:
    """`key`: of a passage of the post that a rule blocks."""

    rule: Rule
    exception: CharterException
    comment: Comment
    review: Review
    key: str


def talk(post: Post, commented: Post, by: User, approver: User) -> Talk:
    """A word that blocks is written in the post, and somebody asks to keep it; another one is commented on."""
    rule = write_rule(
        {"kind": "avoid", "name": "Pas d’équations", "words": ["équation*"], "why": "Personne ne les lit.",
         "severity": "blocks"}, by=by,
    )  # fmt: skip
    key = charter_of(post).blocking[0].key
    exception = ask_exception(post, key, "C’est le titre de la thèse.", by=by)
    comment = comment_on(commented, f"@{approver.name}, le jour est-il sûr ?", version=1, by=by).comment
    review = reviewing.ask_outside(post, name="Une partenaire", email="partenaire@armor.example", days=7, by=by)
    return Talk(rule, exception, comment, review, key)
