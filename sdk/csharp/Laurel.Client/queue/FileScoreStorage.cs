using System.Text;

namespace Laurel.Client;

/// <summary>Keeps a queue in a file, which is replaced as a whole.</summary>
public sealed class FileScoreStorage : IScoreStorage
{
    private readonly string _path;

    /// <param name="path">The file; its folder is made when it is missing. One file for one queue.</param>
    public FileScoreStorage(string path) => _path = Path.GetFullPath(path ?? throw new ArgumentNullException(nameof(path)));

    /// <inheritdoc/>
    public async Task<string?> ReadAsync() => File.Exists(_path) ? await File.ReadAllTextAsync(_path) : null;

    /// <inheritdoc/>
    public async Task WriteAsync(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var draft = _path + ".new";
        using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            await file.WriteAsync(bytes, 0, bytes.Length);
            // The name must not come to the disk before the content.
            file.Flush(flushToDisk: true);
        }

        Replace(draft);
    }

    private void Replace(string draft)
    {
#if NET
        File.Move(draft, _path, overwrite: true);
#else
        if (File.Exists(_path))
            File.Replace(draft, _path, null);
        else
            File.Move(draft, _path);
#endif
    }
}
