package org.mediacore.bench.seam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mediacore.api.codec.Fmtp;
import org.mediacore.bench.load.CallSet;
import org.mediacore.bench.load.MediaCodec;
import org.mediacore.bench.platform.NativeProgram;

class ToneLoadTest {
  private static final int PACKETS = 10;

  @Test
  void whatComesBackIsSpooledWithItsTime() throws Exception {
    assumeTrue(NativeProgram.compile("tonecalls").isPresent(), NativeProgram.NO_COMPILER);
    InetAddress here = InetAddress.getByName("127.0.0.1");
    Path file;
    long beforeNs = ToneRuns.epochNs();
    try (DatagramSocket peer = new DatagramSocket(0, here);
        ToneLoad load = ToneLoad.open("127.0.0.1", List.of(0))) {
      file = load.spool();
      peer.setSoTimeout(10_000);
      InetSocketAddress remote = new InetSocketAddress(here, peer.getLocalPort());
      ToneMaterial material = ToneMaterial.of(MediaCodec.PCMU, Fmtp.NONE, 600, -20, 1);
      load.start(List.of(new CallSet.Answer(remote, 0)), List.of(material));
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      for (int i = 0; i < PACKETS; i++) {
        peer.receive(packet);
        assertEquals(load.port(0), packet.getPort());
        peer.send(packet);
      }
      assertTrue(load.stop().sent() >= PACKETS);
      requireAll(Spool.read(file, 1), material, beforeNs);
    }
    assertFalse(Files.exists(file));
  }

  private static void requireAll(Spool spool, ToneMaterial material, long beforeNs) {
    Stream stream = spool.streams().get(0);
    assertEquals(PACKETS, stream.packets());
    for (int i = 0; i < PACKETS; i++) {
      assertEquals(i, stream.sequence(i));
      assertEquals(160 * i, stream.timestamp(i));
      assertEquals(0, stream.payloadType(i));
      assertEquals(ByteBuffer.wrap(material.payloads().get(i)), stream.payload(i));
      assertTrue(spool.sentNs().get(0)[i] > beforeNs);
      assertTrue(stream.atNs(i) > spool.sentNs().get(0)[i]);
    }
  }
}
