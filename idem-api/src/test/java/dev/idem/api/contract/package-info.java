/**
 * What every implementation of the interfaces of {@code idem-api} must keep, as abstract test
 * classes: extend {@link dev.idem.api.contract.StrategyContractTest}, {@link
 * dev.idem.api.contract.NetworkContractTest} or {@link
 * dev.idem.api.contract.DataSourceContractTest}, say how yours is made, and run the tests. They
 * compute in double precision on the reference engine and need no other.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.idem</groupId>
 *   <artifactId>idem-api</artifactId>
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
 * <p>A test-jar brings no dependencies of its own, so {@code idem-api} itself and JUnit Jupiter
 * have to be declared beside it; nothing else is needed.
 */
@NullMarked
package dev.idem.api.contract;

import org.jspecify.annotations.NullMarked;
