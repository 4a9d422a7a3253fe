"""The running program: wiring, command line, transports, delivery, digests, scheduler."""
