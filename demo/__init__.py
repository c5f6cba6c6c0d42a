"""A fictional institution, the Université de Bretagne-Nord, and the very exports its information system would give.

Only `load` and `loading` know the product: the other modules write files, which the product's own importer then reads.
Every person, employer, address and account is invented; names follow the frequencies published by Insee.
"""
