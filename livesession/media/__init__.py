"""Images that stand with a text: cleaned on their way in, kept beside the thread, gone with what is erased."""
