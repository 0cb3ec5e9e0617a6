"""Heart rate from light and motion: data sets, labels, augmentation, network, training and export."""
