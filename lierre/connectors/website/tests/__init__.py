"""The website of the institution, which is told what is published."""
