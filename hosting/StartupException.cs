namespace Laurel.Hosting;

/// <summary>The server cannot start; the message names what is wrong and what to do.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
