package dev.idem.tf.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/** The description of a SavedModel, read without loading it. */
final class ModelFile {

  private static final String NAME = "saved_model.pb";

  private ModelFile() {}

  /**
   * The signatures for serving, in the order of their names.
   *
   * @throws IOException if the folder is not a SavedModel, or has no graph for serving
   */
  static Map<String, SignatureDef> signatures(Path folder) throws IOException {
    SavedModel model = read(folder);
    for (MetaGraphDef graph : model.getMetaGraphsList()) {
      if (graph.getMetaInfoDef().getTagsList().contains(SavedModelBundle.DEFAULT_TAG)) {
        return new TreeMap<>(graph.getSignatureDefMap());
      }
    }
    List<List<String>> tags =
        model.getMetaGraphsList().stream()
            .map(graph -> List.copyOf(graph.getMetaInfoDef().getTagsList()))
            .toList();
    throw new IOException(
        "SavedModel (%s) has no graph tagged '%s', only %s; export it for serving"
            .formatted(folder, SavedModelBundle.DEFAULT_TAG, tags));
  }

  private static SavedModel read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "SavedModel (%s) %s; name the folder that holds %s"
              .formatted(folder, Files.exists(folder) ? "is a file" : "does not exist", NAME));
    }
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "folder (%s) is not a SavedModel: it has no %s; name the folder that holds one"
              .formatted(folder, NAME));
    }
    try (InputStream content = Files.newInputStream(file)) {
      SavedModel model = SavedModel.parseFrom(content);
      if (model.getMetaGraphsCount() == 0) {
        throw damaged(file, "it holds no graph", null);
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static IOException damaged(Path file, @Nullable String why, @Nullable Throwable cause) {
    return new IOException(
        "%s is damaged: %s; copy or export the SavedModel again".formatted(file, why), cause);
  }
}
