"""What a text proposes to decision-makers, found by how policy texts are written."""
