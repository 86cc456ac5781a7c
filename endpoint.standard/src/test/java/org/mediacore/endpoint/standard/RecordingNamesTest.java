package org.mediacore.endpoint.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files of one name are called. */
class RecordingNamesTest {
  @TempDir Path directory;
  private final AtomicInteger listings = new AtomicInteger();
  private final RecordingNames names = new RecordingNames(this::list);

  private List<String> list(Path directory) throws IOException {
    listings.incrementAndGet();
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void exist(String... files) throws IOException {
    for (String file : files) {
      Files.createFile(directory.resolve(file));
    }
  }

  private String create() throws IOException {
    return names.create(directory, "memo", "wav").getFileName().toString();
  }

  @Test
  void twentyThousandThatExistAreLookedThroughOnce() throws IOException {
    exist("memo.wav");
    for (int number = 2; number <= 20_000; number++) {
      exist("memo-" + number + ".wav");
    }
    for (int number = 20_001; number <= 20_500; number++) {
      assertEquals("memo-" + number + ".wav", create());
    }
    assertEquals(1, listings.get());
  }

  @ParameterizedTest
  @CsvSource({
    "memo-5.wav,                    memo-6.wav, a gap is not filled: the newest has the highest",
    "memo-05.wav,                   memo-2.wav, no number of ours",
    "memo-x.wav,                    memo-2.wav, no number",
    "memo-.wav,                     memo-2.wav, no number",
    "memo--3.wav,                   memo-2.wav, no number",
    "memo-5.ogg,                    memo-2.wav, another extension",
    "memos-5.wav,                   memo-2.wav, another name",
    "memo-999999999999999999.wav,   memo-1000000000000000000.wav, the longest that counts",
    "memo-9999999999999999999.wav,  memo-2.wav, too long for a number",
  })
  void nextNumberIsOneMoreThanTheHighest(String existing, String next, String why)
      throws IOException {
    exist("memo.wav", existing);
    assertEquals(next, create(), why);
  }

  @Test
  void longestNumberThatCountsIsNotTheLast() throws IOException {
    exist("memo.wav", "memo-999999999999999999.wav", "memo-1000000000000000000.wav");
    assertEquals("memo-1000000000000000001.wav", create());
  }

  @Test
  void emptiedDirectoryBeginsAnew() throws IOException {
    exist("memo.wav", "memo-7.wav");
    assertEquals("memo-8.wav", create());
    for (String file : List.of("memo.wav", "memo-7.wav", "memo-8.wav")) {
      Files.delete(directory.resolve(file));
    }
    assertEquals("memo.wav", create());
    assertEquals("memo-2.wav", create());
  }

  @Test
  void numbersThatSomebodyElseTookArePassedOver() throws IOException {
    exist("memo.wav");
    assertEquals("memo-2.wav", create());
    exist("memo-3.wav", "memo-4.wav");
    assertEquals("memo-5.wav", create());
    assertEquals("memo-6.wav", create());
    assertEquals(2, listings.get(), "once at first, once more for what came since");
  }

  @Test
  void directoriesHaveNumbersOfTheirOwn() throws IOException {
    exist("memo.wav", "memo-7.wav");
    assertEquals("memo-8.wav", create());
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.createFile(other.resolve("memo.wav"));
    Path file = names.create(other, "memo", "wav");
    assertEquals(other.resolve("memo-2.wav"), file);
  }

  @Test
  void namesAreRememberedUpToALimit() throws IOException {
    RecordingNames many = new RecordingNames(unlisted -> List.of());
    for (int i = 0; i < RecordingNames.MOST_REMEMBERED + 500; i++) {
      exist("caller" + i + ".wav");
      many.create(directory, "caller" + i, "wav");
    }
    assertEquals(RecordingNames.MOST_REMEMBERED, many.remembered());
  }

  /** Also with another process, or the bundle's next version, which remembers on its own. */
  @Test
  void concurrentRecordersNeverGetTheSameFile() throws Exception {
    RecordingNames another = new RecordingNames();
    int threads = 8;
    int each = 50;
    Set<Path> made = new ConcurrentSkipListSet<>();
    CountDownLatch together = new CountDownLatch(threads);
    ExecutorService recorders = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      RecordingNames own = thread % 2 == 0 ? names : another;
      running.add(
          recorders.submit(
              () -> {
                together.countDown();
                together.await();
                for (int i = 0; i < each; i++) {
                  made.add(own.create(directory, "memo", "wav"));
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(30, TimeUnit.SECONDS);
    }
    recorders.shutdown();
    assertEquals(threads * each, made.size());
    try (var files = Files.list(directory)) {
      assertEquals(new TreeSet<>(made), new TreeSet<>(files.toList()));
    }
  }
}
