/** Networks as ONNX files, which other programs apply. */
@NullMarked
package dev.idem.onnx;

import org.jspecify.annotations.NullMarked;
