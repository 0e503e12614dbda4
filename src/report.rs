//! What a reader gets on paper, free of any screen type: the one result between the engine and every output.
