/**
 * What every implementation of the interfaces of {@code idem-eval} must keep: extend {@link
 * dev.idem.eval.contract.MetricContractTest}, say how your metric is made, and run the tests.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.idem</groupId>
 *   <artifactId>idem-eval</artifactId>
 *   <version>0.1.0</version>
 *   <type>test-jar</type>
 *   <scope>test</scope>
 * </dependency>
 * <dependency>
 *   <groupId>org.junit.jupiter</groupId>
 *   <artifactId>junit-jupiter</artifactId>
 *   <version>5.14.4</version>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p>A test-jar brings no dependencies of its own, so {@code idem-eval} itself and JUnit Jupiter
 * have to be declared beside it; nothing else is needed.
 */
@NullMarked
package dev.idem.eval.contract;

import org.jspecify.annotations.NullMarked;
