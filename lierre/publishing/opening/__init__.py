"""An account is opened to us from the interface: by going to the network and coming back, or with a key that is pasted."""
