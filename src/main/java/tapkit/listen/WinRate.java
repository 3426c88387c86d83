package tapkit.listen;

/**
 * How often one of two was chosen, with Wilson's 95 % interval (E. B. Wilson, Journal of the American Statistical Association
 * 22, 1927), which holds for few answers and for rates near 0 and 1 too.
 */
record WinRate(int wins, int answers) {
    private static final double Z = 1.959964;

    double rate() {
        return answers == 0 ? Double.NaN : wins / (double) answers;
    }

    double low() {
        return middle() - half();
    }

    double high() {
        return middle() + half();
    }

    private double middle() {
        return (wins + Z * Z / 2) / (answers + Z * Z);
    }

    private double half() {
        return Z / (answers + Z * Z) * Math.sqrt(wins * (double) (answers - wins) / Math.max(1, answers) + Z * Z / 4);
    }
}
