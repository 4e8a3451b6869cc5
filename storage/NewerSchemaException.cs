namespace Laurel.Storage;

/// <summary>The database was written by a newer program.</summary>
public sealed class NewerSchemaException(string database, int found, int known) : Exception(
    $"The database '{database}' has schema version {found}, and this program knows versions up to {known}. "
    + "Start the newer program that wrote it, or restore a backup of the older version.");
