package dev.idem.cli.command.data;

import dev.idem.api.check.Suggestions;
import dev.idem.models.data.ImageDataSource;
import dev.idem.models.data.Mnist;
import dev.idem.models.fetch.DataCache;
import dev.idem.models.fetch.DataSets;
import dev.idem.models.fetch.DataSets.DataSet;
import dev.idem.runs.catalogue.Catalogue.UnknownNameException;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;

/** The data sets that {@code idem data fetch} has downloaded, by name. */
public final class FetchedImages {

  private final DataSets sets;
  private final Provider<DataCache> cache;

  /** The sets in a cache. */
  @Inject
  public FetchedImages(DataSets sets, Provider<DataCache> cache) {
    this.sets = sets;
    this.cache = cache;
  }

  /**
   * The images of a set in the cache; all sets have MNIST's format.
   *
   * @throws UnknownNameException if no set has this name
   * @throws IOException if it has not been fetched, or cannot be read
   */
  public ImageDataSource open(String name) throws IOException {
    DataSet set = set(name, sets);
    return Mnist.directory(cache.get().fetched(set), set.title());
  }

  /**
   * The set of that name.
   *
   * @throws UnknownNameException with the list and the closest name, if there is none
   */
  static DataSet set(String name, DataSets sets) {
    return sets.named(name)
        .orElseThrow(
            () -> new UnknownNameException(Suggestions.unknown("data set", name, sets.names())));
  }
}
