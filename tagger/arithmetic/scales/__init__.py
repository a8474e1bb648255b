"""Powers of ten that no words give: `witnesses` hears what the figures say of them, `solving` gives them to tables."""
