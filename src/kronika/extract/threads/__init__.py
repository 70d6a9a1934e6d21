"""What holds beyond one day: relations, where sites stand, deployments, sums of money given."""
