namespace Laurel.Standalone.Commands;

/// <summary>Where in a record's text a field stands, its quotes outside.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="HasEscapes">Whether it holds quotes, which are written twice.</param>
internal readonly record struct CsvField(int Start, int Length, bool HasEscapes);
