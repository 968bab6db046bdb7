"""From what may be published to finished HTML bodies, drawings and search facts; no site generator is known here."""
