namespace Laurel.Client;

/// <summary>One thing that is wrong with a request.</summary>
public sealed class LaurelMistake
{
    internal LaurelMistake(string path, string message) => (Path, Message) = (path, message);

    /// <summary>Where, such as <c>entries</c> or the name of a parameter.</summary>
    public string Path { get; }

    /// <summary>What, for people.</summary>
    public string Message { get; }
}
