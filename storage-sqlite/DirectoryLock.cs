namespace Laurel.Storage.Sqlite;

/// <summary>
/// The right to use a data directory: an exclusive lock on <c>laurel.lock</c>, which the operating system gives back when the process
/// ends, however it ends, and which its children do not inherit. The file itself is empty and stays.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="DirectoryInUseException">Another process, or another store of this one, has it.</exception>
    public static DirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, "laurel.lock");
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException refused) when (File.Exists(path))
        {
            throw new DirectoryInUseException(directory, refused);
        }
    }

    public void Dispose() => _file.Dispose();
}
