/** A user's package: it sees public types only. */
package com.example.strategy;
