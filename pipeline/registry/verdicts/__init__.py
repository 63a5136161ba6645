"""What people said: decisions on claims, and corrections. Rows that are only added."""
