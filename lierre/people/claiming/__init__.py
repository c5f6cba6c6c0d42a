"""From a claim to an account: recognised by the machine, judged by staff, opened by a link."""
