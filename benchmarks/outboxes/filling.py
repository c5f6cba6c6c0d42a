"""Thousands of posts at once, by the product’s own models: the command writes them one by one, with all that it checks."""

import json
import sys
from typing import Any


def main(lines: list[dict[str, Any]]) -> list[int]:
    """Approved, and due: the ids of their rows."""
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from lierre.publishing.models import Account, Delivery, Post, Variant
    from lierre.publishing.models.delivery import hash_of

    now, accounts = timezone.now(), {each.name: each for each in Account.objects.all()}
    said = [(accounts[line["account"]], line.get("parts") or [line["text"]]) for line in lines]
    with transaction.atomic():
        made = [Post(title=parts[0][:80], parts=parts, state="approved", due_at=now) for _account, parts in said]
        posts = Post.objects.bulk_create(made, batch_size=2_000)
        pairs = [(post, account, parts) for post, (account, parts) in zip(posts, said, strict=True)]
        Variant.objects.bulk_create(
            [Variant(post=post, account=account) for post, account, _parts in pairs], batch_size=2_000
        )
        rows = [
            Delivery(
                post=post, account=account, part=part, state="waiting", due_at=now, next_at=None if part else now, text=text,
                text_hash=hash_of(text),
            )
            for post, account, parts in pairs for part, text in enumerate(parts)
        ]  # fmt: skip
        return [row.pk for row in Delivery.objects.bulk_create(rows, batch_size=1_000)]


if __name__ == "__main__":
    json.dump(main(json.load(sys.stdin)), sys.stdout)
