namespace Laurel.Storage.Sqlite;

/// <summary>Another process works on the data directory.</summary>
public sealed class DirectoryInUseException(string directory, Exception inner) : Exception(
    $"The data directory '{directory}' is in use by another process. "
    + "Stop that one, or give this one a directory of its own with Laurel__DataDirectory.",
    inner);
