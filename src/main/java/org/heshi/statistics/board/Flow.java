package org.heshi.statistics.board;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came by which way and how it ended, as bands from the left to the right: as wide as there are many. */
public record Flow(int width, int height, List<Node> left, List<Node> right, List<Band> bands) {

    private static final int WIDTH = 400;
    private static final int NODE = 10;
    private static final int LABELS = 112;
    private static final int GAP = 12;
    private static final int LEAST = 14;
    private static final int ROOM = 230;

    public Flow {
        left = List.copyOf(left);
        right = List.copyOf(right);
        bands = List.copyOf(bands);
    }

    /** @param open whether it is what has not ended */
    public record Node(String name, long n, double x, double y, double height, boolean open) {

        public double middle() {
            return y + height / 2;
        }
    }

    /** @param words what it says, for who points at it */
    public record Band(String path, String words, boolean open) {
    }

    record Link(String from, String to, long n, boolean open) {
    }

    static Flow of(List<Link> links) {
        long all = links.stream().mapToLong(Link::n).sum();
        Map<String, Long> from = sums(links, true);
        Map<String, Long> to = sums(links, false);
        // a thin one still has room for its name
        double scale = all == 0 ? 0 : (double) ROOM / all;
        List<Node> left = nodes(from, scale, LABELS, links, true);
        List<Node> right = nodes(to, scale, WIDTH - LABELS - NODE, links, false);
        Map<String, Double> leftAt = new LinkedHashMap<>();
        left.forEach(node -> leftAt.put(node.name(), node.y()));
        Map<String, Double> rightAt = new LinkedHashMap<>();
        right.forEach(node -> rightAt.put(node.name(), node.y()));
        List<Band> bands = new ArrayList<>();
        double begin = LABELS + NODE;
        double end = WIDTH - LABELS - NODE;
        double middle = (begin + end) / 2;
        for (Node node : left) {
            for (Node target : right) {
                for (Link link : links) {
                    if (link.from().equals(node.name()) && link.to().equals(target.name()) && link.n() > 0) {
                        double thick = link.n() * scale;
                        double y1 = leftAt.merge(node.name(), thick, Double::sum) - thick;
                        double y2 = rightAt.merge(target.name(), thick, Double::sum) - thick;
                        bands.add(new Band("M" + Lines.round(begin) + " " + Lines.round(y1) + "C" + Lines.round(middle) + " " + Lines.round(y1) + " " + Lines.round(middle) + " "
                                + Lines.round(y2) + " " + Lines.round(end) + " " + Lines.round(y2) + "v" + Lines.round(thick) + "C" + Lines.round(middle) + " "
                                + Lines.round(y2 + thick) + " " + Lines.round(middle) + " " + Lines.round(y1 + thick) + " " + Lines.round(begin) + " " + Lines.round(y1 + thick) + "Z",
                                link.from() + " → " + link.to() + " " + link.n(), link.open()));
                    }
                }
            }
        }
        double height = Math.max(left.isEmpty() ? 0 : left.getLast().y() + Math.max(left.getLast().height(), LEAST),
                right.isEmpty() ? 0 : right.getLast().y() + Math.max(right.getLast().height(), LEAST));
        return new Flow(WIDTH, (int) Math.ceil(height) + 4, left, right, bands);
    }

    private static Map<String, Long> sums(List<Link> links, boolean from) {
        Map<String, Long> sums = new LinkedHashMap<>();
        links.forEach(link -> sums.merge(from ? link.from() : link.to(), link.n(), Long::sum));
        return sums;
    }

    private static List<Node> nodes(Map<String, Long> sums, double scale, double x, List<Link> links, boolean from) {
        List<Node> nodes = new ArrayList<>();
        double y = 4;
        for (Map.Entry<String, Long> sum : sums.entrySet().stream().filter(one -> one.getValue() > 0)
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> one) -> one.getValue()).reversed()).toList()) {
            double height = sum.getValue() * scale;
            boolean open = !from && links.stream().anyMatch(link -> link.open() && link.to().equals(sum.getKey()));
            double room = Math.max(height, LEAST);
            nodes.add(new Node(sum.getKey(), sum.getValue(), x, y + (room - height) / 2, height, open));
            y += room + GAP / 2.0;
        }
        return nodes;
    }

    public boolean empty() {
        return bands.isEmpty();
    }
}
