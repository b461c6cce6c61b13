"""The models: which lines of a page no rule names and no article holds. Inference only."""
