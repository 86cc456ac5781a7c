package org.mediacore.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connection to baresip's {@code ctrl_tcp} module: commands and events as JSON objects, each in
 * a netstring ({@code length:json,}).
 */
final class BaresipControl implements AutoCloseable {
  private static final int CONNECT_MS = 1_000;
  private static final int MAX_MESSAGE = 1 << 20;

  private final Socket socket;
  private final Thread reader;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private volatile String end = "";

  private BaresipControl(Socket socket, String name) {
    this.socket = socket;
    this.reader = new Thread(this::readAll, name + "-control");
    reader.setDaemon(true);
    reader.start();
  }

  static BaresipControl connect(int port, String name) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new BaresipControl(socket, name);
  }

  /** Sends a command of baresip's menu, for example {@code dial} with an address. */
  void send(String command, String parameters) {
    String json =
        "{\"command\":\"" + command + "\",\"params\":\"" + parameters + "\",\"token\":\"t\"}";
    byte[] text = (json.length() + ":" + json + ",").getBytes(StandardCharsets.US_ASCII);
    try {
      socket.getOutputStream().write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("baresip no longer listens to commands", e);
    }
  }

  /** All messages so far, as JSON text, in order. */
  List<String> messages() {
    return messages;
  }

  /** Why no more messages will come; empty while the connection is there. */
  String end() {
    return end;
  }

  /** Returns a member of a flat JSON object whose value is a string; empty if it is not there. */
  static String member(String json, String name) {
    Matcher matcher =
        Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
            .matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }

  private void readAll() {
    try (InputStream in = socket.getInputStream()) {
      while (true) {
        int length = readLength(in);
        byte[] json = in.readNBytes(length);
        if (json.length < length || in.read() != ',') {
          end = "control connection broke off inside a message";
          return;
        }
        messages.add(new String(json, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      end = "control connection closed: " + e.getMessage();
    }
  }

  private static int readLength(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c != ':'; c = in.read()) {
      if (c < '0' || c > '9' || length > MAX_MESSAGE) {
        throw new IOException(c < 0 ? "end of stream" : "not a netstring");
      }
      length = 10 * length + c - '0';
    }
    return length;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
