"""How somebody finds their way back to their account, without the school."""
