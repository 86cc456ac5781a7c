package org.mediacore.tck;

import java.util.List;
import org.mediacore.api.codec.AudioFormat;
import org.mediacore.api.file.AudioFileReader;
import org.mediacore.api.file.AudioFileWriter;
import org.mediacore.api.file.MediaFileFormat;

/**
 * What a bundle with a {@link MediaFileFormat} owes the platform: it can be replaced while files
 * are played and recorded. {@link #exampleFile} is all that it needs.
 */
public abstract class MediaFileFormatBundleContract extends BundleContract<MediaFileFormat> {
  /** Made by a subclass that tests one bundle. */
  protected MediaFileFormatBundleContract() {
    super(MediaFileFormat.class);
  }

  /** A file of this format with some audio in it, made by whatever means but this bundle. */
  protected abstract byte[] exampleFile();

  /** The audio to write. */
  protected List<AudioFormat> audioFormats() {
    return List.of(new AudioFormat(8_000, 1), new AudioFormat(48_000, 2));
  }

  @Override
  final BundleExercise open(MediaFileFormat format) throws Exception {
    FileExercise exercise = new FileExercise();
    exercise.read(format.openReader(new MemoryFile(exampleFile())));
    for (AudioFormat audio : audioFormats()) {
      MemoryFile file = new MemoryFile();
      exercise.write(format.openWriter(file, audio), file, audio);
    }
    return exercise;
  }

  @Override
  final void createAndClose(MediaFileFormat format) throws Exception {
    try (AudioFileReader reader = format.openReader(new MemoryFile(exampleFile()));
        AudioFileWriter writer = format.openWriter(new MemoryFile(), audioFormats().get(0))) {
      // opened and closed is all
    }
  }
}
