"""One function per question asked; every face of Questarium gives the same answer."""
