"""What keeps the project sound from outside: licences and known vulnerabilities of its packages."""
