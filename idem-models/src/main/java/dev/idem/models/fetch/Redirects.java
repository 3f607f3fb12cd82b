package dev.idem.models.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which redirections are followed. */
final class Redirects {

  /** The largest number of consecutive redirections. */
  static final int MOST = 5;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirects() {}

  static boolean isRedirect(int status) {
    return STATUSES.contains(status);
  }

  static boolean isHttp(URI address) {
    return address.getHost() != null && (isScheme(address, "https") || isScheme(address, "http"));
  }

  /**
   * Where {@code location} leads from {@code address}.
   *
   * @throws SourceFailure if that is not an address, or leads from https to http
   */
  static URI next(URI address, String location) throws SourceFailure {
    URI next;
    try {
      next = address.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new SourceFailure("redirects to '%s', which is not an address".formatted(location), e);
    }
    if (!isHttp(next)) {
      throw new SourceFailure("redirects to %s, which is not http or https".formatted(next));
    }
    if (isScheme(address, "https") && !isScheme(next, "https")) {
      throw new SourceFailure("redirects from https to http (%s); refused".formatted(next));
    }
    return next;
  }

  private static boolean isScheme(URI address, String scheme) {
    return scheme.equals(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
  }
}
