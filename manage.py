#!/usr/bin/env python
"""Django's usual door; `bin/lierre` is the product's own."""

from lierre.__main__ import main

if __name__ == "__main__":
    main()
