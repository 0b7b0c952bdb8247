package org.longspan.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The few file operations that a run directory needs. Each one happens or throws. */
final class RunFiles {
  private final FileSystem files;

  private RunFiles(FileSystem files) {
    this.files = files;
  }

  static RunFiles of(Configuration hadoop, Path path) {
    try {
      return new RunFiles(path.getFileSystem(hadoop));
    } catch (IOException e) {
      throw new UncheckedIOException("The file system of " + path + " can't be reached.", e);
    }
  }

  Path qualified(Path path) {
    return files.makeQualified(path);
  }

  boolean exists(Path path) {
    return status(path).isPresent();
  }

  Optional<FileStatus> status(Path path) {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  /** What lies directly in a folder, by name; nothing where there is no folder. */
  List<FileStatus> children(Path folder) {
    try {
      FileStatus[] found = files.listStatus(folder);
      Arrays.sort(found, Comparator.comparing(FileStatus::getPath));
      return List.of(found);
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }
  }

  /** All files at any depth of a folder; nothing where there is no folder. */
  List<FileStatus> filesBelow(Path folder) {
    List<FileStatus> found = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listing = files.listFiles(folder, true);
      while (listing.hasNext()) {
        found.add(listing.next());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", folder, e);
    }

    return found;
  }

  void makeFolder(Path folder) {
    try {
      if (!files.mkdirs(folder)) {
        throw new IOException("The file system refused.");
      }
    } catch (IOException e) {
      throw failed("create", folder, e);
    }
  }

  /** Removes a file or a folder with all it holds; nothing happens where there is none. */
  void delete(Path path) {
    try {
      if (!files.delete(path, true) && files.exists(path)) {
        throw new IOException("The file system refused.");
      }
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  /** Gives a file or folder another name, at which nothing may be. */
  void move(Path from, Path to) {
    makeFolder(to.getParent());
    try {
      if (!files.rename(from, to)) {
        throw new IOException("The file system refused to move it to " + to + ".");
      }
    } catch (IOException e) {
      throw failed("move", from, e);
    }
  }

  Optional<String> read(Path file) {
    try (InputStream in = files.open(file)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    }
  }

  /** Writes a file in place of any other; a reader may see half of it. */
  void write(Path file, String text) {
    try (OutputStream out = files.create(file, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  /** Writes a file in place of any other; a reader sees the old one, none, or the whole new one. */
  void replace(Path file, String text) {
    Path whole = file.suffix(".tmp");
    write(whole, text);
    delete(file);
    move(whole, file);
  }

  /** Writes a file where there is none; false where there is one. */
  boolean writeNew(Path file, String text) {
    makeFolder(file.getParent());
    try (OutputStream out = files.create(file, false)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  private static UncheckedIOException failed(String verb, Path path, IOException cause) {
    return new UncheckedIOException(
        "Could not " + verb + " " + path + ": " + cause.getMessage(), cause);
  }
}
