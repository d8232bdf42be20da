"""How the token classifier is made: corpus, network, distillation, calibration, export."""
