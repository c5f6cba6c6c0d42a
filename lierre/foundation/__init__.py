"""What every page needs: errors, the journal, duties, components. Knows no other domain."""
