"""The editorial line and the brand charter, as rules that help whoever writes."""
