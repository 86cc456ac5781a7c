package org.mediacore.bench.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecsBenchmarkTest {
  private static final int FRAMES = 50;

  @TempDir Path folder;

  @Test
  void medianAndItsDeviation() {
    assertEquals(new Spread(3, 1), Spread.of(List.of(100.0, 2.0, 3.0, 4.0, 1.0)));
    assertEquals(new Spread(2.5, 1), Spread.of(List.of(4.0, 1.0, 2.0, 3.0)));
  }

  @ParameterizedTest
  @EnumSource(names = {"MU_LAW", "A_LAW", "G722", "ILBC_20", "ILBC_30", "L16", "L16_STEREO"})
  void eachHalfHandlesItsMaterial(CodecCase codec) throws Exception {
    CodecCase.Agreed agreed = codec.agree();
    CodecMaterial material = new CodecMaterial(codec, folder);
    material.writePcm(agreed);
    material.writePackets(agreed);
    assertEquals(
        material.readPcm().length / agreed.elementsPerFrame(), material.readPackets().size());
    for (Direction direction : Direction.values()) {
      FrameLoop loop = new FrameLoop(codec, direction, material);
      loop.run(FRAMES); // whatever is made once
      FrameLoop.Cost cost = loop.run(FRAMES);
      assertTrue(cost.cpuNs() > 0, direction + " took " + cost);
    }
  }

  @Test
  void refusedPayloadIsAnErrorAndNoFigure() throws Exception {
    CodecMaterial material = new CodecMaterial(CodecCase.ILBC_20, folder);
    material.writePackets(List.of(new byte[7]));
    FrameLoop loop = new FrameLoop(CodecCase.ILBC_20, Direction.DECODE, material);
    assertThrows(IOException.class, () -> loop.run(1));
  }

  @Test
  void streamIsPayloadsBehindAHeader() throws Exception {
    CodecMaterial material = new CodecMaterial(CodecCase.ILBC_20, folder);
    material.writePackets(List.of("ab".getBytes(StandardCharsets.US_ASCII), new byte[] {'c'}));
    Path stream = folder.resolve("stream");
    material.writeStream(stream, "#!", 2);
    assertEquals("#!abcabc", Files.readString(stream));
  }

  @Test
  void drawingIsXmlWithABarOfEach() throws Exception {
    BarChart chart = new BarChart("Times real time");
    chart.add("G.711 µ-law encode", 250_000, 0);
    chart.add("Opus decode", 500, 510);
    String svg = chart.svg("here", "there");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertTrue(svg.contains(">250,000<") && svg.contains(">500<") && svg.contains(">510<"), svg);
    assertFalse(svg.contains(">0<"), svg);
  }
}
