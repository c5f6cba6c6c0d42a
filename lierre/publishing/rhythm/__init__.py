"""When things are said: series that come back, queues with slots, silences, the board, files of posts."""
