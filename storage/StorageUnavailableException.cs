namespace Laurel.Storage;

/// <summary>The database did not answer a read, or not in time. Nothing is known to be wrong with what it holds.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
