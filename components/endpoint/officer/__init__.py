"""What a privacy officer may do: with a key of their own, and every act written down."""
