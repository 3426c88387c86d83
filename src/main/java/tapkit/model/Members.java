package tapkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Networks of one shape in one file, whose readings are averaged: a committee errs less than any of its members. */
final class Members {
    private static final String COUNT = "members";
    private static final int MOST = 100;

    private Members() {
    }

    /** @param task features and heads that are wanted; the file says layers and cells */
    static List<LstmWeights> of(Safetensors file, LstmConfig task) {
        LstmConfig config = task.sizedAs(file);
        List<LstmWeights> members = new ArrayList<>();
        for (int member = 0; member < file.number(COUNT, 1, MOST); member++) {
            String prefix = prefix(member);
            members.add(LstmWeights.of(config, (tensor, shape) -> file.tensor(prefix + tensor, shape)));
        }
        return List.copyOf(members);
    }

    /** What {@link #of} finds in a file. */
    static List<Tensor> tensors(List<LstmWeights> members) {
        List<Tensor> tensors = new ArrayList<>();
        for (int member = 0; member < members.size(); member++) {
            for (Tensor tensor : members.get(member).tensors()) {
                tensors.add(new Tensor(prefix(member) + tensor.name(), tensor.shape(), tensor.values()));
            }
        }
        return tensors;
    }

    /** Its part of the file's metadata. */
    static Map<String, String> metadata(List<LstmWeights> members) {
        Map<String, String> metadata = new TreeMap<>(members.getFirst().config().metadata());
        metadata.put(COUNT, Integer.toString(members.size()));
        return metadata;
    }

    private static String prefix(int member) {
        return "members." + member + ".";
    }
}
